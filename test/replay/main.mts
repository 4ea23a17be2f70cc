// npm run replay [-- <folder>] [--only <name>]: the recorded exchanges against the stand-in.
import { replay } from './replay.mjs';

process.exitCode = await replay(process.argv.slice(2), console.log);
