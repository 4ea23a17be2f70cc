import './logs.mjs';
import { matrix } from './matrix.mjs';
import { kaifangqianStage } from './stages.mjs';

await matrix(kaifangqianStage);
