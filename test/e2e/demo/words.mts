import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import type { QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { DEMO_OWNER, type N8nServer } from '../server/index.mjs';
import type { Mail } from '../stand-ins/mailbox.mjs';
import type { Examples } from './examples.mjs';
import type { ReadyWorkflows } from './ready.mjs';

/** What to read once everything runs. */
export const welcome = (
	server: N8nServer,
	version: string,
	examples: Examples,
	{ formUrl }: ReadyWorkflows,
	{ kaifangqian, qiandun }: { kaifangqian: KaifangqianSandbox; qiandun: QiandunSandbox },
): string => `
n8n ${version} runs with this package in it, and a stand-in for each platform.

  Editor    ${server.url}
  E-mail    ${DEMO_OWNER.email}
  Password  ${DEMO_OWNER.password}

What to click first
  1. Open the editor, log in, and open 'Contract from draft to signed PDF':
     ${examples.contract.url}
  2. Click 'Execute workflow'. It uploads a PDF, starts a contract and then waits for the signature.
  3. Open the node 'Get Task Link', copy 'pageUrl' from its output and open it in a new tab.
     There, as the signer would: 'Log in', then '签署 Sign'.
  4. The workflow goes on within seconds; the node 'Download' shows the signed PDF.
  5. The platform has called back meanwhile: 'Completed contract to folder' has run as well
     (its tab 'Executions'), and has saved the file in
     ${server.files}
     ${examples.completed.url}

More to try: all workflows of docs/workflows are in the editor, filled in.
  Send a contract by filling in a form  ${formUrl}
  What they send by e-mail is printed here and goes nowhere.

The credentials 'Kaifangqian (stand-in)' and 'Qiandun (stand-in)' are there for workflows of your own.
  Kaifangqian stand-in  ${kaifangqian.origin}
  Qiandun stand-in      ${qiandun.origin}

n8n's own messages: ${server.logFile}
Your workflows are kept for the next start; to begin anew delete ${server.folder}
Ctrl-C ends everything.`;

/** An e-mail that one of the workflows has sent. */
export const mailArrived = ({ to, subject, text }: Mail): string =>
	`\nE-mail to ${to.join(', ')}: ${subject}\n${text.replace(/^/gm, '  ')}`;
