import { kaifangqian } from '../../nodes/CnEsign/platforms/kaifangqian/index.js';
import type { Platform } from '../../nodes/CnEsign/runtime/types.js';
import { fuzzRequests } from './fuzzedRequests.mjs';

fuzzRequests(kaifangqian as Platform<unknown>);
