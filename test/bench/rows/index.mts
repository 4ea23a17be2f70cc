import type { Row } from '../bench.mjs';
import { row as status } from './1-status.mjs';
import { row as signed } from './2-signed.mjs';
import { row as latency } from './3-latency.mjs';
import { row as upload } from './4-upload.mjs';
import { row as download } from './5-download.mjs';
import { row as throttle } from './6-throttle.mjs';
import { row as callbacks } from './7-callbacks.mjs';
import { row as loading } from './8-loading.mjs';
import { row as growth } from './9-growth.mjs';

export const rows: Row[] = [
	status,
	signed,
	latency,
	upload,
	download,
	throttle,
	callbacks,
	loading,
	growth,
];
