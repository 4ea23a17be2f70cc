import type { Parameters } from '../../../runtime/items/parameters';
import type { ItemContext } from '../../../runtime/items/operation';
import { omitEmpty } from '../../../runtime/items/values';
import { operatorAccountOf, senderOf } from '../fields';
import { dateOnly, nameRule, shortIdRule, todayInChina } from '../rules';
import { controlChangeFlags, valuesOf } from '../wireValues';
import { wantsLook } from './checkStarted';
import { templateParamsOf } from './templateParams';
import type { Raw } from './signers/wireReader';

/** POST /contract/draft (docs/api/kaifangqian.md, 6.4), which two operations call. */

const ENDS_AT_ONCE =
	'The signing deadline is today. The contract ends when this day begins (China time), so it ends at once where the installation runs its expiry job.';

const deadlineOf = ({ exec, parameters }: ItemContext): string | undefined => {
	const options = parameters.group('options');
	const text = options.text('expireDate');
	if (text === '') return undefined;
	const date = dateOnly(text);
	const label = options.label('expireDate');
	if (!date)
		return options.fail(
			`${label} is not a date`,
			'Use the date picker, or enter it as 2030-06-29.',
		);
	const today = todayInChina(Date.now());
	if (date < today)
		return options.fail(`${label} is in the past`, 'Enter a later day (China time).');
	if (date === today)
		exec.addExecutionHints({ message: ENDS_AT_ONCE, type: 'warning', location: 'outputPane' });
	return date;
};

// The title that the platform makes of it holds 128 characters, with the name of the sender's account
// (docs/api/kaifangqian.md, 3.3): 110 with a name of two characters.
const SUBJECT_SENT = 110;
const SUBJECT_DRAFT = 200;
const LONG_SUBJECT = 101;

const checkSubject = (
	{ exec, parameters }: ItemContext,
	subject: string,
	isStart: boolean,
	isFileName: boolean,
): string => {
	const max = isStart ? SUBJECT_SENT : SUBJECT_DRAFT;
	const label = isFileName
		? `${parameters.label('subject')} is empty, so the first file's name is taken, which`
		: parameters.label('subject');
	if (subject.length > max)
		parameters.fail(
			`${label} has ${subject.length} characters, more than ${max}`,
			isStart
				? `Nothing was sent. The platform refuses a longer one when the contract is sent.${isFileName ? ' Enter a subject.' : ''}`
				: isFileName
					? 'Enter a subject.'
					: 'Shorten it.',
		);
	if (isStart && subject.length > LONG_SUBJECT)
		exec.addExecutionHints({
			message: `${label} has ${subject.length} characters. With the name of the sender's account the platform takes 112: a long name may be too much.`,
			type: 'warning',
			location: 'outputPane',
		});
	return subject;
};

/** The parts of the body that each of the two operations reads in its own way. */
export interface DraftParts {
	subject: string;
	documents: Array<Record<string, string>>;
	annexes: Array<Record<string, string>>;
	signers: Raw[];
}

export interface Draft {
	/** The contract is sent at once. */
	isStart: boolean;
	/** It is looked at afterwards. */
	isLookWanted: boolean;
	/** The subject, checked for its length; `isFileName`: none was given, and it is the name of a file. */
	subjectOf(text: string, isFileName?: boolean): string;
	/** The body, made of what has been checked. */
	body(parts: DraftParts): Raw;
}

/** Whether the business line names signers that are not sent. */
export function presetSignersOf(parameters: Parameters): boolean {
	return parameters.group('options').flag('presetSigners') === true;
}

/** Rows promise that they sign in their order; the wire form leaves it to the business line. */
const signOrderOf = (parameters: Parameters): string =>
	parameters.group('options').text('signOrderType', {
		pattern: /^(?:NO_)?ORDER$/,
		expected: 'is neither ORDER nor NO_ORDER',
		hint: 'Choose from the list.',
	}) || (parameters.text('signersInput') === 'json' ? '' : 'ORDER');

/** A model that decides by itself saves a draft, unless somebody has said otherwise in the node. */
const isTool = ({ exec }: ItemContext): boolean => exec.getNode().type.endsWith('Tool');

/** Reads and checks everything that the two operations have in common. */
export function draftOf(call: ItemContext): Draft {
	const { parameters } = call;
	const options = parameters.group('options');
	const operator = senderOf(call);
	const signReId = parameters.text('signReId', shortIdRule);
	const autoFinish = options.flag('autoFinish');
	const send = options.text('send') || (isTool(call) ? '0' : '1');
	if (send !== '0' && send !== '1')
		options.fail(
			`${options.label('send')} is neither 1 nor 0`,
			"Use '1' to start signing or '0' to save a draft.",
		);
	const isStart = send === '1';
	const sn = options.text('sn', nameRule(200));
	const expireDate = deadlineOf(call);
	const signTemplateParamList = templateParamsOf(options);
	// Of an unknown value the platform takes the default without a word (5.5).
	const controlChangeFlag = options.text('controlChangeFlag', {
		pattern: new RegExp(`^(?:${valuesOf(controlChangeFlags).join('|')})$`),
		expected: `is none of ${valuesOf(controlChangeFlags).join(', ')}`,
		hint: 'Choose from the list.',
	});
	const signOrderType = signOrderOf(parameters);
	const enterpriseName = options.text('enterpriseName', nameRule(200));
	const common = operatorAccountOf(parameters);
	const isLookWanted = wantsLook(call) && isStart;
	// Its form is checked before any file is read; its length depends on whether the contract is sent.
	const subjectRule = nameRule(SUBJECT_DRAFT);
	parameters.text('subject', { ...subjectRule, max: undefined });
	return {
		isStart,
		isLookWanted,
		subjectOf: (subject, isFileName = false) => checkSubject(call, subject, isStart, isFileName),
		body: ({ subject, documents, annexes, signers }) => ({
			operator,
			...omitEmpty({
				signReId,
				send,
				sn,
				subject,
				expireDate,
				signDocumentList: documents,
				annexList: annexes,
				signTemplateParamList,
				signOrderType,
			}),
			// Always sent: the platform refuses a draft without the list, but takes an empty one.
			signerList: signers,
			...omitEmpty({
				controlChangeFlag,
				autoFinish: autoFinish === undefined ? undefined : Number(autoFinish),
				...common,
				enterpriseName,
			}),
		}),
	};
}
