import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { expectThat, type Operate } from '../suite.mjs';
import { pdfItem } from './files.mjs';
import { isMissing, type KaifangqianTrial } from './state.mjs';
import type { KaifangqianTarget } from './target.mjs';

/**
 * Many contracts out of one run of the node, as out of a spreadsheet. The published server mixes up
 * contracts that are started at the same moment (docs/api/kaifangqian.md, 3.4), so each is looked at.
 */

const subjectOf = (number: number): string => `n8n batch ${number}`;

/** One item per contract; where a seal is given, every other one is sealed by the own company first. */
const itemsFor = async (target: KaifangqianTarget, count: number) =>
	await Promise.all(
		Array.from({ length: count }, async (_, index): Promise<INodeExecutionData> => {
			const { binary } = await pdfItem(`n8n-batch-${index + 1}.pdf`);
			const own = {
				side: 'sender',
				company: target.companyName ?? '',
				nodeType: 'AUTO_SIGN',
				sealId: target.sealId,
			};
			const sealed = target.sealId !== undefined && index % 2 === 1;
			const { name, contact } = target.signer!;
			const signers = [...(sealed ? [own] : []), { name, contact }];
			return { json: { subject: subjectOf(index + 1), signers: JSON.stringify(signers) }, binary };
		}),
	);

export interface BatchResult {
	contractIds: string[];
	/** Of which contract what is wrong; empty where all are right. */
	wrong: string[];
}

const faultOf = async (operate: Operate, item: INodeExecutionData | undefined): Promise<string> => {
	const { contractId, error } = item?.json ?? {};
	if (typeof contractId !== 'string')
		return String((error as IDataObject | undefined)?.message ?? 'no contract');
	const [state] = await operate('contract.getStatus', { contractId });
	const { status, tasks } = state.json;
	const open = (tasks ?? []) as IDataObject[];
	const isRight = status === 'SIGNING' && open.length === 1;
	return isRight ? '' : `${String(status)}, open tasks: ${open.length}`;
};

/** Sends so many contracts through one node and looks at each. Nothing is ended here. */
export async function sendBatch(
	operate: Operate,
	target: KaifangqianTarget,
	count: number,
): Promise<BatchResult> {
	const parameters: IDataObject = {
		operatorName: target.operator!.name,
		operatorContact: target.operator!.contact,
		signReId: { __rl: true, mode: 'id', value: target.signReId },
		subject: '={{ $json.subject }}',
		signersInput: 'rows',
		rowsJson: '={{ $json.signers }}',
	};
	const input = await itemsFor(target, count);
	const items = await operate('contract.sendFiles', parameters, input, true);
	const wrong: string[] = [];
	const seen = new Set<string>();
	for (const [index, item] of items.entries()) {
		const fault = await faultOf(operate, item);
		const id = String(item.json.contractId);
		if (fault !== '') wrong.push(`${subjectOf(index + 1)}: ${fault}`);
		else if (seen.has(id)) wrong.push(`${subjectOf(index + 1)}: the contract of another item`);
		seen.add(id);
	}
	if (items.length !== count) wrong.push(`${items.length} results for ${count} items`);
	return {
		contractIds: items.flatMap(({ json }) => (json.contractId ? [String(json.contractId)] : [])),
		wrong,
	};
}

export const batchTrial = (count: number): KaifangqianTrial => ({
	operation: 'contract.sendFiles',
	creates: { document: count, contract: count },
	impossible: (target) => isMissing(target, 'operator', 'signer', 'signReId'),
	async run({ operate, target, state }) {
		const { contractIds, wrong } = await sendBatch(operate, target, count);
		for (const contractId of contractIds) state.open.add(contractId);
		for (const contractId of contractIds) {
			await operate('contract.recall', { contractId });
			state.open.delete(contractId);
		}
		const right = `${count - wrong.length} of ${count}`;
		expectThat(wrong.length === 0, `${right}; ${wrong.join('; ')}`);
		return `${right}, all recalled`;
	},
});
