import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { itemsOf } from '../server/index.mjs';
import { openStage, rest, type Stage } from './stage.mjs';
import { chain, httpRequest, manualTrigger, START } from './workflows.mjs';

let stage: Stage;

beforeAll(async () => {
	stage = await openStage('HTTP Request');
	// Refuses whatever is not signed as the document says.
	stage.kaifangqian.switches.strictSign = true;
});

afterAll(async () => await stage.close());

type Request = (stage: Stage) => Record<string, unknown>;

const get: Request = ({ kaifangqian: { baseUrl, operator } }) => ({
	url: `${baseUrl}/signRes`,
	sendQuery: true,
	queryParameters: { parameters: [{ name: 'contact', value: operator.contact }] },
});

const post: Request = ({ kaifangqian: { baseUrl } }) => ({
	method: 'POST',
	url: `${baseUrl}/document/file`,
	sendBody: true,
	specifyBody: 'json',
	// Written as nobody's serialiser would: what is signed must be what is sent.
	jsonBody: JSON.stringify(
		{ file: Buffer.from('%PDF-1.4').toString('base64'), fileName: '合同 "一"', fileSuffix: '.pdf' },
		null,
		3,
	),
});

const ask = async (name: string, secret: string, request: Request) => {
	const { baseUrl, token } = stage.kaifangqian;
	const credential = await rest.saveCredential(`HTTP Request ${name}`, {
		platform: 'kaifangqian',
		baseUrl,
		appAuthToken: token,
		secret,
		platformPublicKey: '',
	});
	const { id } = await rest.createWorkflow(
		chain(`HTTP Request ${name}`, [
			manualTrigger(),
			httpRequest('Request', credential, request(stage)),
		]),
	);
	const execution = await rest.finished(await rest.start(id, START));
	expect(execution.data.resultData.error).toBeUndefined();
	return itemsOf(execution, 'Request')[0].json;
};

describe.each([
	['GET', get],
	['POST', post],
] as const)("n8n's HTTP Request node with our credential: %s", (method, request) => {
	it('signs, and the platform, strict about it, answers', async () => {
		const answer = await ask(`${method} signed`, stage.kaifangqian.developerPrivateKey, request);
		expect(answer).toMatchObject({ code: 10000 });
		expect(answer.result).toBeTruthy();
	});

	it('is refused without the key', async () => {
		expect(await ask(`${method} unsigned`, '', request)).toMatchObject({ code: 26000 });
	});
});
