import { retryOnFail } from './retryOnFail.mjs';
import { qiandunStage } from './stages.mjs';

retryOnFail(qiandunStage);
