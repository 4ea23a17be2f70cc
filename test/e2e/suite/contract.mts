import { randomUUID } from 'node:crypto';
import axios from 'axios';
import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import { samplePdf } from './workflows.mjs';

export const SIGNER = { name: '李四', contact: '13900139000', contactType: 'MOBILE' };

/** A contract on the stand-in, sent for signing, made without n8n. */
export const sendContract = async (
	sandbox: KaifangqianSandbox,
	receiver = SIGNER,
): Promise<string> => {
	const { baseUrl, token, operator, lines } = sandbox;
	const call = async (path: string, data: object): Promise<Record<string, string>> => {
		const { data: answer } = await axios.post<{ result?: Record<string, string> }>(
			`${baseUrl}${path}`,
			{ appAuthToken: token, uniqueCode: randomUUID(), ...data },
			{ proxy: false },
		);
		if (!answer.result) throw new Error(`${path}: ${JSON.stringify(answer)}`);
		return answer.result;
	};
	const { docId } = await call('/document/file', {
		file: Buffer.from(await samplePdf()).toString('base64'),
		fileName: 'contract',
		fileSuffix: '.pdf',
	});
	const { contractId } = await call('/contract/draft', {
		operator,
		signReId: lines.free,
		subject: '端到端合同',
		send: '1',
		signDocumentList: [{ docId }],
		signerList: [
			{
				signerType: 'RECEIVER_PERSONAL',
				signerOrder: '1',
				receiver,
				positionParamList: [
					{
						controlType: 'SIGNATURE',
						signPositionType: 'POSITION',
						relationDocList: [{ docType: '1', docId }],
						pageConfig: '1',
						offsetX: '0.5',
						offsetY: '0.5',
					},
				],
			},
		],
	});
	return contractId;
};
