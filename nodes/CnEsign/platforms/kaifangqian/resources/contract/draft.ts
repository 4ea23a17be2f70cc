import type { Parameters } from '../../../../runtime/parameters';
import { given, operatorAccountOf, personOf } from '../../fields';
import { dateOnly, shortIdRule, todayInChina } from '../../rules';
import { templateParamsOf } from '../../templateParams';
import type { Raw } from '../../wire';

/** POST /contract/draft (docs/api/kaifangqian.md, 6.4), which two operations call. */

const deadline = (fields: Parameters): string | undefined => {
	const text = fields.text('expireDate');
	if (text === '') return undefined;
	const date = dateOnly(text);
	const label = fields.label('expireDate');
	if (!date)
		return fields.fail(`${label} is not a date`, 'Use the date picker, or give it as 2030-06-29.');
	if (date < todayInChina(Date.now()))
		return fields.fail(`${label} is in the past`, 'Give today or a later day (China time).');
	return date;
};

/** What the operations that start a contract give in ways of their own. */
export interface DraftParts {
	subject: string;
	documents: Array<Record<string, string>>;
	annexes: Array<Record<string, string>>;
	signOrderType: string;
	signers: Raw[] | undefined;
}

/** Whether the business line names signers that are not sent. */
export const presetSignersOf = (parameters: Parameters): boolean =>
	parameters.group('additionalFields').flag('presetSigners') === true;

/** Reads and checks everything else; the body can then be made without anything being refused. */
export const draftOf = (parameters: Parameters): ((parts: DraftParts) => Raw) => {
	const fields = parameters.group('additionalFields');
	const operator = personOf(parameters, 'operator', true);
	const signReId = parameters.text('signReId', shortIdRule);
	const autoFinish = fields.flag('autoFinish');
	const send = parameters.text('send') || '1';
	if (send !== '0' && send !== '1')
		parameters.fail(
			`${parameters.label('send')} is neither 1 nor 0`,
			"Give '1' to start signing or '0' to save a draft.",
		);
	const sn = fields.text('sn');
	const expireDate = deadline(fields);
	const signTemplateParamList = templateParamsOf(fields);
	const controlChangeFlag = fields.text('controlChangeFlag');
	const enterpriseName = fields.text('enterpriseName');
	const common = operatorAccountOf(parameters);
	return ({ subject, documents, annexes, signOrderType, signers }) => ({
		operator,
		...given({
			signReId,
			send,
			sn,
			subject,
			expireDate,
			signDocumentList: documents,
			annexList: annexes,
			signTemplateParamList,
			signOrderType,
			signerList: signers,
			controlChangeFlag,
			autoFinish: autoFinish === undefined ? undefined : Number(autoFinish),
			...common,
			enterpriseName,
		}),
	});
};
