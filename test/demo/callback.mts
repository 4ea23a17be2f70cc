import axios from 'axios';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fileItem, type WorkflowJson } from '../engine/engine.mjs';
import { startHost, type Host } from '../engine/host.mjs';
import { actingOn } from '../engine/kaifangqian.mjs';
import type { KaifangqianSandbox } from '../sandbox/kaifangqian/index.mjs';
import type { Part } from './part.mjs';
import { WANG_WU } from './people.mjs';
import { DemoFault, line, shown } from './print.mjs';
import { demoSecrets } from './secrets.mjs';
import { fillIn, shippedWorkflow } from './workflow.mjs';

const prepared = (folder: string, contact: string): WorkflowJson => {
	const json = shippedWorkflow('completed-contract-to-folder');
	fillIn(json, 'Settings', { folder, contact });
	return json;
};

/** A contract with one signer, sent by the node itself. */
const sendContract = async (kaifangqian: KaifangqianSandbox, file: string): Promise<string> => {
	const act = actingOn(kaifangqian);
	const input = [await fileItem(readFileSync(file), basename(file), 'application/pdf')];
	const uploaded = await act('document', 'upload', {}, { input });
	const place = { signPositionType: 'POSITION', pageConfig: '2', x: '62', y: '35' };
	const created = await act('contract', 'create', {
		operatorName: kaifangqian.operator.name,
		operatorContact: kaifangqian.operator.contact,
		signReId: { __rl: true, mode: 'id', value: kaifangqian.lines.free },
		subject: '补充协议',
		signDocumentList: uploaded.items[0]?.json.docId as string,
		signers: {
			signer: [{ ...WANG_WU, details: { positions: { position: [place] } } }],
		},
	});
	const { error } = uploaded.error ? uploaded : created;
	if (error) throw new DemoFault(`${error.message}\n    ${error.description ?? ''}`);
	return created.items[0].json.contractId as string;
};

/** Somebody who knows the address, but is not the platform, says that the contract is completed. */
const forge = async (host: Host, contractId: string): Promise<number> => {
	const body = { contractId, contractStatus: 'COMPLETE', callbackType: 'COMPLETE' };
	const { status } = await axios.post(host.productionUrl, body, { validateStatus: () => true });
	return status;
};

const tell: Record<string, (json: IDataObject) => string> = {
	'CN E-Sign Trigger': ({ event, contractId, verified }) =>
		`${String(event)} for ${String(contractId)}, proven by: ${String(verified)}`,
	Download: ({ fileName, mimeType }) => `${String(fileName)} (${String(mimeType)})`,
	'Save File': ({ fileName }) => basename(String(fileName)),
};

/** Contract completed → the platform calls back → download → save, nobody clicks anything. */
export const startedByCallback: Part = {
	title: "Workflow 2: started by the platform's callback",
	async run({ kaifangqian, output }) {
		const saved: string[] = [];
		const onNode = (name: string, items: INodeExecutionData[]) => {
			const json = items[0]?.json;
			if (json && name in tell) line('✓', name, tell[name](json));
			if (json && name === 'Save File') saved.push(String(json.fileName));
		};
		const json = prepared(output, kaifangqian.operator.contact);
		const host = await startHost(json, { secrets: demoSecrets(kaifangqian), onNode });
		try {
			kaifangqian.control.setCallbackUrl(host.productionUrl);
			line('·', '(the console)', 'the address of the trigger is entered as 回调地址');
			const contractId = await sendContract(kaifangqian, `${output}/contract.pdf`);
			line('·', '(somewhere else)', `contract ${contractId} is sent to ${WANG_WU.name}`);
			const status = await forge(host, contractId);
			if (status !== 401) throw new DemoFault(`A forged callback was answered with ${status}`);
			line('·', '(a forger)', `says that it is completed: answered ${status}, nothing starts`);
			kaifangqian.control.sign(contractId, WANG_WU.contact);
			line('·', '(the signer)', `${WANG_WU.name} signs, and the platform calls back`);
			await kaifangqian.callbacks.idle();
			await host.idle();
			const failed = host.executions.find(({ status: state }) => state !== 'success');
			if (failed) throw new DemoFault(`The workflow ended with: ${failed.error ?? failed.status}`);
			if (saved.length !== 1)
				throw new DemoFault(`${saved.length} files were saved instead of one`);
			console.log(`\n  One execution, started by the callback. The file: ${shown(saved[0])}`);
		} finally {
			kaifangqian.control.setCallbackUrl(undefined);
			await host.close();
		}
	},
};
