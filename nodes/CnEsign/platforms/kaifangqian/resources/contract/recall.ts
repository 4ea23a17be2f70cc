import { postContractId } from '../../contract/postContractId';

/** POST /contract/recall (docs/api/kaifangqian.md, 6.8); the platform takes no reason. */
export const recall = postContractId('/contract/recall', {
	value: 'recall',
	name: 'Recall',
	action: 'Recall contract',
	isFinal: true,
	description:
		'Withdraw a running contract so that nobody can sign it any more (撤回). This cannot be undone.',
});
