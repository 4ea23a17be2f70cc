/** n8n's own nodes, in the versions that the oldest supported n8n has, too. */
import type { IDataObject } from 'n8n-workflow';
import type { Step } from './workflow.mjs';

export type Place = Step['at'];

/** What every factory takes beside its own. */
interface Common {
	key: string;
	name: string;
	at: Place;
	settings?: Step['settings'];
}

const common = ({ key, name, at, settings }: Common) => ({ key, name, at, settings });

/** Text as it stands in an expression. */
export const quoted = (text: string): string =>
	`'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;

/** The node in an expression. */
export const node = ({ name }: Pick<Step, 'name'>): string => `$(${quoted(name)})`;

/** A field of an object in an expression, by its label. */
export const field = (object: string, label: string): string =>
	/^[A-Za-z_$][\w$]*$/.test(label) ? `${object}.${label}` : `${object}[${quoted(label)}]`;

export const manualTrigger = (at: Place): Step => ({
	key: 'start',
	// The name that n8n gives it in every language.
	name: 'When clicking ‘Execute workflow’',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	at,
	parameters: {},
});

export const schedule = (step: Common & { interval: IDataObject }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.scheduleTrigger',
	typeVersion: 1.2,
	parameters: { rule: { interval: [step.interval] } },
});

/** The start of a workflow that another one calls; everything that it is given is passed on. */
export const calledTrigger = (step: Common): Step => ({
	...common(step),
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	parameters: { inputSource: 'passthrough' },
});

/** Calls a workflow that is still to be chosen. */
export const callWorkflow = (step: Common): Step => ({
	...common(step),
	type: 'n8n-nodes-base.executeWorkflow',
	typeVersion: 1.2,
	parameters: {
		source: 'database',
		workflowId: { __rl: true, mode: 'list', value: '' },
		workflowInputs: {
			mappingMode: 'defineBelow',
			value: {},
			matchingColumns: [],
			schema: [],
			attemptToConvertTypes: false,
			convertFieldsToString: true,
		},
		mode: 'once',
		options: { waitForSubWorkflow: false },
	},
});

/** A text, or the expression of another type. */
type Value = string | { type: 'number' | 'boolean'; value: string };

/** Values that are set, in the order in which they stand. */
export const editFields = (
	step: Common & { values: Record<string, Value>; keep?: boolean },
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: Object.entries(step.values).map(([name, value], index) => ({
				id: `${step.key}-${index + 1}`,
				name,
				...(typeof value === 'string' ? { type: 'string', value } : value),
			})),
		},
		...(step.keep ? { includeOtherFields: true } : {}),
		options: {},
	},
});

/** One condition: the expression is true. */
const isTrue = (id: string, expression: string): IDataObject => ({
	options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
	conditions: [
		{
			id,
			leftValue: `={{ ${expression} }}`,
			rightValue: '',
			operator: { type: 'boolean', operation: 'true', singleValue: true },
		},
	],
	combinator: 'and',
});

export const iff = (step: Common & { when: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.if',
	typeVersion: 2.2,
	parameters: { conditions: isTrue(step.key, step.when), options: {} },
});

export const filter = (step: Common & { when: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.filter',
	typeVersion: 2.2,
	parameters: { conditions: isTrue(step.key, step.when), options: {} },
});

/** One output for each rule, and one for the rest. */
export const switchBy = (
	step: Common & { rules: Array<[output: string, when: string]>; rest: string },
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.switch',
	typeVersion: 3.2,
	parameters: {
		rules: {
			values: step.rules.map(([outputKey, when], index) => ({
				conditions: isTrue(`${step.key}-${index + 1}`, when),
				renameOutput: true,
				outputKey,
			})),
		},
		options: { fallbackOutput: 'extra', renameFallbackOutput: step.rest },
	},
});

/** As it is sent; without the line that advertises n8n. */
export const email = (
	step: Common & { to: string; subject: string; text: string; attachments?: string },
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.emailSend',
	typeVersion: 2.1,
	credentials: ['smtp'],
	parameters: {
		fromEmail: 'contracts@example.com',
		toEmail: step.to,
		subject: step.subject,
		emailFormat: 'text',
		text: step.text,
		options: {
			appendAttribution: false,
			...(step.attachments ? { attachments: step.attachments } : {}),
		},
	},
});

export interface FormField {
	label: string;
	placeholder?: string;
	required?: boolean;
	email?: boolean;
	/** Which files; its label has to be Latin: n8n makes `_` of everything else. */
	accept?: string;
}

export const formTrigger = (
	step: Common & {
		title: string;
		description: string;
		fields: FormField[];
		/** What stands on the button that sends it off. */
		button: string;
		/** What the page says after it was sent off; left out where another node answers. */
		answer?: string;
		/** Name and password are asked for. */
		isProtected?: boolean;
		/** The page waits for the end of the workflow. */
		waits?: boolean;
	},
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.formTrigger',
	typeVersion: 2.2,
	listens: true,
	...(step.isProtected ? { credentials: ['httpBasicAuth'] } : {}),
	parameters: {
		...(step.isProtected ? { authentication: 'basicAuth' } : {}),
		formTitle: step.title,
		formDescription: step.description,
		formFields: {
			values: step.fields.map(({ label, placeholder, required, email: isEmail, accept }) => ({
				fieldLabel: label,
				...(accept
					? { fieldType: 'file', multipleFiles: false, acceptFileTypes: accept }
					: isEmail
						? { fieldType: 'email' }
						: {}),
				...(placeholder ? { placeholder } : {}),
				...(required ? { requiredField: true } : {}),
			})),
		},
		responseMode: step.waits ? 'lastNode' : 'onReceived',
		options: {
			appendAttribution: false,
			buttonLabel: step.button,
			...(step.answer
				? {
						respondWithOptions: { values: { respondWith: 'text', formSubmittedText: step.answer } },
					}
				: {}),
		},
	},
});

/** The last page of a form: HTML that a node before it has made. */
export const formPage = (step: Common & { html: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.form',
	typeVersion: 1,
	listens: true,
	parameters: { operation: 'completion', respondWith: 'showText', responseText: step.html },
});

export const splitOut = (
	step: Common & { what: string; into?: string; keep?: string; everything?: boolean },
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: {
		fieldToSplitOut: step.what,
		...(step.keep ? { include: 'selectedOtherFields', fieldsToInclude: step.keep } : {}),
		options: step.into ? { destinationFieldName: step.into } : {},
	},
});

export const readFile = (step: Common & { path: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.readWriteFile',
	typeVersion: 1,
	parameters: {
		operation: 'read',
		fileSelector: step.path,
		options: { dataPropertyName: 'data' },
	},
});

export const writeFile = (step: Common & { path: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.readWriteFile',
	typeVersion: 1,
	parameters: {
		operation: 'write',
		fileName: step.path,
		dataPropertyName: 'data',
		options: {},
	},
});

/** Sleeps until somebody calls the address of the run, or until the time is over. */
export const waitForCall = (
	step: Common & { amount: number | string; unit: string; answer?: string },
): Step => ({
	...common(step),
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	listens: true,
	parameters: {
		resume: 'webhook',
		incomingAuthentication: 'none',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: step.amount,
		resumeUnit: step.unit,
		options: step.answer ? { responseData: step.answer } : {},
	},
});

export const httpPost = (step: Common & { url: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { method: 'POST', url: step.url, options: {} },
});

export const code = (step: Common & { code: string }): Step => ({
	...common(step),
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { mode: 'runOnceForAllItems', jsCode: step.code },
});

/** Everything else. */
export const plain = (
	step: Common & Pick<Step, 'type' | 'typeVersion' | 'parameters' | 'credentials' | 'listens'>,
): Step => ({
	...common(step),
	type: step.type,
	typeVersion: step.typeVersion,
	parameters: step.parameters,
	credentials: step.credentials,
	listens: step.listens,
});
