import { postContractId } from './byId';

/** POST /contract/finish (api/kaifangqian.md §6.7). */
export const finish = postContractId('/contract/finish', {
	value: 'finish',
	name: 'Finish',
	action: 'Finish contract',
	description:
		"Complete a contract that all have signed but that was created with 'Finish Automatically' turned off (结束签署流程). This cannot be undone.",
});
