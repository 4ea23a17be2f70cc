/** The sender that the credential names, where the node names none. */
import type { IDataObject } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { row, rows } from './sendFiles.support.mjs';
import { bodyOf, fromList, pdfItem, personSigner, queryOf, stage } from './support.mjs';

const { sandbox, act, refused, sent, upload, contract } = await stage();
const { operator, colleague } = sandbox;

/** As somebody has typed it into the credential. */
const named = {
	senderName: ` ${operator.name} `,
	senderContact: operator.contact.replace(/^(...)(....)/, '+86 $1-$2-'),
};
const asOperator = { name: operator.name, contactType: 'MOBILE', contact: operator.contact };
const nobody = { operatorName: '', operatorContact: '' };

const starts: Record<string, () => Promise<IDataObject>> = {
	async sendFiles() {
		return { signReId: fromList(sandbox.lines.free), signers: rows(row()) };
	},
	async create() {
		return {
			signReId: fromList(sandbox.lines.free),
			signDocumentList: await upload(),
			signersInput: 'json',
			signersJson: [personSigner()],
		};
	},
};

describe.each(['sendFiles', 'create'])('%s', (operation) => {
	const start = async (parameters: IDataObject, credential: IDataObject) =>
		await act(
			'contract',
			operation,
			{ ...(await starts[operation]()), ...parameters },
			{ credential, input: [await pdfItem()] },
		);
	const operatorOf = () => bodyOf(sent('/contract/draft')[0]).operator;

	it.each([nobody, {}])('is sent in the name of the one in the credential: %j', async (given) => {
		const { items, error } = await start(given, named);
		expect(error).toBeUndefined();
		expect(operatorOf()).toEqual(asOperator);
		expect(sandbox.control.contract(String(items[0].json.contractId)).status).toBe('SIGNING');
	});

	it('is sent in the name of the one in the node, where there is one', async () => {
		const own = { operatorName: operator.name, operatorContact: operator.contact };
		const other = { senderName: colleague.name, senderContact: colleague.contact };
		const { error } = await start(own, other);
		expect(error).toBeUndefined();
		expect(operatorOf()).toEqual(asOperator);
	});

	it.each<[string, IDataObject, IDataObject, string]>([
		['one half of each', { operatorName: '李四' }, named, "'Sender Phone or Email' is empty"],
		[
			'the other half of each',
			{ operatorContact: operator.contact },
			named,
			"'Sender Name' is empty for this item",
		],
		[
			'only a contact',
			nobody,
			{ senderContact: operator.contact },
			"'Sender Name' of the credential is empty",
		],
		[
			'only a name',
			nobody,
			{ senderName: operator.name },
			"'Sender Phone or Email' of the credential is neither a mobile number nor an email address",
		],
		[
			'no contact that is one',
			nobody,
			{ ...named, senderContact: '021-12345678' },
			"'Sender Phone or Email' of the credential is neither a mobile number nor an email address",
		],
		...[
			['in two lines', '张\v三', 'holds a line break'],
			['that was lost', '张\ufffd', 'holds characters that were lost'],
			['of 51 characters', '张'.repeat(51), 'is longer than 50 characters'],
			['with an emoji', '张😀', 'holds a character that the platform cannot store'],
		].map(([what, senderName, reason]): [string, IDataObject, IDataObject, string] => [
			`a name ${what}`,
			nobody,
			{ ...named, senderName },
			`'Sender Name' of the credential ${reason}`,
		]),
		['nobody anywhere', nobody, {}, "'Sender Name' is empty for this item"],
	])('is not sent with %s', async (_what, own, credential, expected) => {
		const parameters = { ...(await starts[operation]()), ...own };
		const input = [await pdfItem()];
		const { message } = await refused('contract', operation, parameters, { credential, input });
		expect(message).toContain(expected);
	});
});

describe('a person who is asked for', () => {
	const contactless = { contact: '' };

	it('may stand in the credential, as the message says where nobody is named', async () => {
		for (const operation of ['download', 'getPageLink']) {
			const given = { contractId: '1900000000000000001', ...contactless };
			const { message, description } = await refused('contract', operation, given, {
				credential: {},
			});
			expect(message).toContain('is empty for this item');
			expect(description).toContain('enter the sender in the credential');
		}
	});

	it('is the one in the credential: Download', async () => {
		const contractId = await contract();
		sandbox.control.signAll(contractId);
		const given = { contractId, ...contactless };
		// Here nobody's name is needed.
		const credential = { senderContact: named.senderContact };
		const { error } = await act('contract', 'download', given, { credential });
		expect(error).toBeUndefined();
		const [request] = sent('/contract/document/download');
		expect(queryOf(request)).toMatchObject({ contact: operator.contact });
	});

	it('is the one in the credential: Get Page Link', async () => {
		const contractId = await contract();
		const given = { contractId, ...contactless };
		const { error } = await act('contract', 'getPageLink', given, { credential: named });
		expect(error).toBeUndefined();
		expect(queryOf(sent('/contract/pageUrl')[0])).toMatchObject({ contact: operator.contact });
	});

	it('is the one in the credential: business lines', async () => {
		const { items, error } = await act('businessLine', 'getAll', contactless, {
			credential: named,
		});
		expect(error).toBeUndefined();
		expect(items.length).toBeGreaterThan(1);
		expect(queryOf(sent('/signRes')[0])).toEqual({ contact: operator.contact });
	});

	it.each([
		['download', "'Downloading Person' is empty for this item"],
		['getPageLink', "'Link For' is empty for this item"],
	])('is missing where neither names one: %s', async (operation, expected) => {
		const { message } = await refused('contract', operation, { contractId: '1', ...contactless });
		expect(message).toBe(expected);
	});
});
