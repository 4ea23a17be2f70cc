import type { IDataObject } from 'n8n-workflow';
import { expectThat, textIn } from '../suite.mjs';
import { onlyItem, onlyOnce, type QiandunTrial } from './state.mjs';
import { isMissing } from './target.mjs';

/** The two published outcomes of a check; either shows that the call works. */
const verdict = (json: IDataObject): string => {
	const status = textIn(json, 'verifyStatus');
	expectThat(['passed', 'un_passed'].includes(status), `'verifyStatus' is not a published value`);
	return status;
};

export const identityTrials: QiandunTrial[] = [
	{
		operation: 'identity.getFaceResult',
		impossible: (target) => isMissing(target, 'faceCheck'),
		async run({ operate, target }) {
			const json = onlyItem(await operate('identity.getFaceResult', { ...target.faceCheck }));
			// Its values are not published for this call.
			return textIn(json, 'verifyStatus');
		},
	},
	{
		operation: 'identity.verifyPerson',
		creates: { personCheck: 1 },
		impossible: (target) => isMissing(target, 'person'),
		async run({ operate, target }) {
			const { name, idNumber, mobile } = target.person!;
			const items = await operate('identity.verifyPerson', {
				psnName: name,
				psnIDCardNum: idNumber,
				psnMobile: mobile,
				options: onlyOnce,
			});
			return verdict(onlyItem(items));
		},
	},
	{
		operation: 'identity.verifyCompany',
		creates: { companyCheck: 1 },
		impossible: (target) => isMissing(target, 'company'),
		async run({ operate, target }) {
			const { name, numberType, number, legalRepName, legalRepIdNumber, legalRepIdType } =
				target.company!;
			const items = await operate('identity.verifyCompany', {
				corpName: name,
				corpIDCardType: numberType,
				corpIDCardNum: number,
				legalRepName,
				legalRepIDCardType: legalRepIdType,
				legalRepIDCardNum: legalRepIdNumber,
				options: onlyOnce,
			});
			return verdict(onlyItem(items));
		},
	},
	{
		operation: 'identity.getPersonLink',
		creates: { verificationLink: 1 },
		async run({ operate }) {
			const json = onlyItem(
				await operate('identity.getPersonLink', { clientType: 'h5', options: onlyOnce }),
			);
			// Under which name the link stands is not published.
			const names = Object.keys(json).filter((name) => typeof json[name] === 'string');
			expectThat(names.length > 0, 'the answer holds no text');
			return `answered with ${names.join(', ')}`;
		},
	},
	{
		operation: 'ocr.readIdCard',
		creates: { cardReading: 1 },
		impossible: (target) => isMissing(target, 'picture'),
		async run({ operate, target }) {
			const json = onlyItem(
				await operate('ocr.readIdCard', {
					imageSource: 'url',
					imageUrl: target.picture!.url,
					cardSide: 'front',
					options: onlyOnce,
				}),
			);
			for (const field of ['name', 'psnIdCardNum']) textIn(json, field);
			return 'name and number were read';
		},
	},
];
