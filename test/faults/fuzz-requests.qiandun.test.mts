import { qiandun } from '../../nodes/CnEsign/platforms/qiandun/index.js';
import { fuzzRequests } from './fuzzedRequests.mjs';

fuzzRequests(qiandun);
