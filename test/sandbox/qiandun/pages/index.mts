/**
 * The pages behind the links that #8 and #38 answer, and the console. How the real ones look is not known
 * (choice); what their buttons do is what tests do through `control`.
 */
import type { FastifyInstance } from 'fastify';
import { servePages } from '../../shared/forms.mjs';
import type { QiandunSandbox } from '../types.mjs';
import { addConsole } from './console/index.mjs';
import { addFacePage } from './face.mjs';
import { refusal } from './layout.mjs';
import { addPersonPage } from './person.mjs';
import { addSilentSignPage } from './silentSign.mjs';

export function addPages(pages: FastifyInstance, sandbox: QiandunSandbox): void {
	servePages(pages, refusal);
	addSilentSignPage(pages, sandbox);
	addPersonPage(pages, sandbox);
	addFacePage(pages, sandbox);
	addConsole(pages, sandbox);
}
