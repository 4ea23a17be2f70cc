import { openJson } from '../../callbacks/openJson';
import type { TriggerDefinition } from '../../definition';
import type { QiandunCredential } from '../signing';
import { events } from './events';
import { normalise } from './normalise';
import { options } from './options';
import { prove } from './prove';

/** docs/api/qiandun.md, 6. */
export const trigger: TriggerDefinition<QiandunCredential> = {
	events,
	options,
	notice:
		'Copy the production URL above into the console of the vendor: 开放平台 → 控制台 → 应用列表 → 回调配置, and switch on the types of events that you want. The test URL is another address, which only works while you listen for a test event.',
	// What the platform takes for delivered is not published.
	acknowledgement: 'success',
	open: ({ delivery }) => openJson(delivery),
	normalise,
	prove,
};
