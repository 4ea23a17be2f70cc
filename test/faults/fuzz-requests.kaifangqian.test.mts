import { kaifangqian } from '../../nodes/CnEsign/platforms/kaifangqian/index.js';
import { fuzzRequests } from './fuzzedRequests.mjs';

fuzzRequests(kaifangqian);
