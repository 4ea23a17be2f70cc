import './logs.mjs';
import { matrix } from './matrix.mjs';
import { qiandunStage } from './stages.mjs';

await matrix(qiandunStage);
