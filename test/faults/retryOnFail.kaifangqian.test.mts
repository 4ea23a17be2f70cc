import { retryOnFail } from './retryOnFail.mjs';
import { kaifangqianStage } from './stages.mjs';

retryOnFail(kaifangqianStage);
