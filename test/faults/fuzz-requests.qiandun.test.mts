import { qiandun } from '../../nodes/CnEsign/platforms/qiandun/index.js';
import type { Platform } from '../../nodes/CnEsign/runtime/types.js';
import { fuzzRequests } from './fuzzedRequests.mjs';

fuzzRequests(qiandun as Platform<unknown>);
