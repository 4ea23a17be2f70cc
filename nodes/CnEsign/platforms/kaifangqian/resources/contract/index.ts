import type { Resource } from '../../../../runtime/items/operation';
import { addSigners } from './addSigners';
import { approve } from './approve';
import { create } from './create';
import { download } from './download';
import { finish } from './finish';
import { getPageLink } from './getPageLink';
import { getStatus } from './getStatus';
import { getTaskLink } from './getTaskLink';
import { recall } from './recall';
import { sendFiles } from './sendFiles';
import { signOnBehalf } from './signOnBehalf';
import { waitForStatus } from './waitForStatus';

export const contract: Resource = {
	value: 'contract',
	name: 'Contract',
	preferred: sendFiles.value,
	operations: [
		addSigners,
		approve,
		create,
		download,
		finish,
		getPageLink,
		getStatus,
		getTaskLink,
		recall,
		sendFiles,
		signOnBehalf,
		waitForStatus,
	],
};
