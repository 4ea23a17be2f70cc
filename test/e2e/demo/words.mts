import type { KaifangqianSandbox } from '../../sandbox/kaifangqian/index.mjs';
import type { QiandunSandbox } from '../../sandbox/qiandun/index.mjs';
import { DEMO_OWNER, type N8nServer } from '../server/index.mjs';
import type { Mail } from '../stand-ins/mailbox.mjs';
import { SIGNER, type Examples } from './examples.mjs';
import { VISITOR, type ReadyWorkflows } from './ready.mjs';

/** What to read once everything runs. */
export const welcome = (
	server: N8nServer,
	version: string,
	examples: Examples,
	{ forms }: ReadyWorkflows,
	{ kaifangqian, qiandun }: { kaifangqian: KaifangqianSandbox; qiandun: QiandunSandbox },
): string => `
n8n ${version} runs with this package in it, and a stand-in for each platform.

  Editor    ${server.url}
  Email     ${DEMO_OWNER.email}
  Password  ${DEMO_OWNER.password}

What to click first
  1. Open the editor, log in, and open 'Contract from draft to signed PDF':
     ${examples.contract.url}
  2. Click 'Execute workflow'. It uploads a PDF, starts a contract and then waits for the signature.
  3. Open the page of the platform, ${kaifangqian.origin}/
     Click 'Open as ${SIGNER.name}' there, and then '签署 Sign'. It is the page of the link that the node
     'Get Task Link' gives, without a login.
  4. The workflow goes on within seconds; the node 'Download' shows the signed PDF.
  5. The platform has called back meanwhile: 'Completed contract to folder' has run as well
     (its tab 'Executions'), and has saved the file in
     ${server.files}
     ${examples.completed.url}

More to try: all workflows of docs/workflows are in the editor, filled in. Their forms (where one asks for a
name and a password: ${VISITOR.user}, ${VISITOR.password}):
${forms.map(([does, url]) => `  ${does.padEnd(20)}  ${url}`).join('\n')}
  What they send by email is printed here and goes nowhere. Those with an AI agent want a model of yours.

The stand-ins have pages to click: contracts, the callback address, callbacks, and everybody who signs.
  Kaifangqian (开放签)  ${kaifangqian.origin}/
  Qiandun (签盾)        ${qiandun.origin}/

For workflows of your own there are the credentials 'Kaifangqian (stand-in)' and 'Qiandun (stand-in)'.
  Sender (经办人)       ${kaifangqian.operator.name}, ${kaifangqian.operator.contact}; in the credential already
  Company (企业)        ${kaifangqian.companyName}
  Signers               anybody, such as ${SIGNER.name}, ${SIGNER.contact}

n8n's own messages: ${server.logFile}
Your workflows are kept for the next start; to begin anew delete ${server.folder}
Ctrl-C ends everything.`;

/** An e-mail that one of the workflows has sent. */
export const mailArrived = ({ to, subject, text }: Mail): string =>
	`\nEmail to ${to.join(', ')}: ${subject}\n${text.replace(/^/gm, '  ')}`;
