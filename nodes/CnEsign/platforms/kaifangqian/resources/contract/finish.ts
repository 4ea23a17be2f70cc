import { postContractId } from '../../contract/postContractId';

/**
 * POST /contract/finish (docs/api/kaifangqian.md, 6.7). The platform looks at no status: it would complete a
 * draft that nobody has signed, or a contract that was refused.
 */
export const finish = postContractId('/contract/finish', {
	value: 'finish',
	name: 'Finish',
	action: 'Finish contract',
	isFinal: true,
	description:
		'This cannot be undone. Complete a contract that all have signed and that does not finish automatically (结束签署流程).',
	refuse({ status, todoTaskList }) {
		if (status !== 'SIGNING')
			return {
				message: `The contract is ${status}, so it cannot be finished`,
				hint: 'Nothing was sent. Only a contract that is being signed (SIGNING), and that everybody has signed, can be finished.',
			};
		if (todoTaskList.length === 0) return undefined;
		return {
			message: `Somebody still has to sign this contract (open tasks: ${todoTaskList.length})`,
			hint: "Nothing was sent. Ask 'Get Status' who it is, and finish the contract afterwards.",
		};
	},
});
