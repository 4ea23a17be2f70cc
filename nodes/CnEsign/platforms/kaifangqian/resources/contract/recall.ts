import { postContractId } from './byId';

/** POST /contract/recall (api/kaifangqian.md §6.8); the platform takes no reason. */
export const recall = postContractId('/contract/recall', {
	value: 'recall',
	name: 'Recall',
	action: 'Recall contract',
	description:
		'Withdraw a running contract so that nobody can sign it any more (撤回). This cannot be undone.',
});
