/** What every operation gives, taken from a run of the conformance suite against the stand-ins. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runTrials, type Result } from './runner.mjs';
import type { AnySuite } from './suite.mjs';

export interface Example {
	/** What was asked for differently from the first example of the operation, in words of the editor. */
	variant: string | undefined;
	items: Array<{ json: IDataObject; binary?: IDataObject }>;
}

/** Choices that change the form of an answer. */
const variantOf = ({ simplify, options }: IDataObject): string | undefined => {
	if (simplify === false) return 'With *Simplify* turned off';
	const { output, contractId } = (options ?? {}) as IDataObject;
	const chosen = [
		...(contractId === undefined
			? []
			: ['*Started Contract ID* filled in, so that nothing is sent']),
		...(output === 'signer' ? ['*Output* set to *One Item per Signer*'] : []),
	];
	return chosen.length === 0 ? undefined : `With ${chosen.join(', and ')}`;
};

const SHOWN_ORIGIN = 'https://sign.example.com';

/**
 * Replaces what is different in each run. Every id gets a number of its own, in the order in which ids
 * appear, so that one can be followed from example to example.
 */
const steadily = (origin: string) => {
	const ids = new Map<string, string>();
	const steadyId = (id: string): string => {
		const known = ids.get(id) ?? String(1_900_000_000_000_000_001n + BigInt(ids.size));
		ids.set(id, known);
		return known;
	};
	return (text: string): string =>
		text
			.replaceAll(origin, SHOWN_ORIGIN)
			.replace(/\b19\d{17}\b/g, steadyId)
			.replace(
				/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
				'00000000-0000-4000-8000-000000000001',
			)
			.replace(/\b[0-9a-f]{32}\b/g, '0123456789abcdef0123456789abcdef')
			.replace(/\b[0-9a-f]{24}\b/g, '0123456789abcdef01234567')
			.replace(/([?&]code=)[0-9A-Za-z]{8}\b/g, '$1a1B2c3D4')
			.replace(/\bOPFN[A-Za-z]{18}\b/g, 'OPFNabcdefghijklmnopqr');
};

/** Of a file only what does not depend on where n8n keeps it. */
const fileOf = ({ fileName, mimeType, fileExtension }: IDataObject): IDataObject => ({
	fileName,
	mimeType,
	fileExtension,
});

const itemOf = ({ json, binary }: INodeExecutionData): Example['items'][number] => ({
	json,
	...(binary
		? {
				binary: Object.fromEntries(
					Object.entries(binary).map(([name, file]) => [name, fileOf({ ...file })]),
				),
			}
		: {}),
});

/** Runs a suite against its stand-in and keeps the answers that each operation gave in its own trial. */
export const examplesOf = async (
	suite: AnySuite,
): Promise<{ examples: Map<string, Example[]>; results: Result[] }> => {
	// An empty environment names no server, so this is the stand-in.
	const target = await suite.openTarget({});
	const steady = steadily(new URL(String(target.credential.baseUrl)).origin);
	const examples = new Map<string, Example[]>();
	try {
		const results = await runTrials(
			suite,
			target,
			() => {},
			({ trial, operation, parameters, items }) => {
				// Passed through the masks at once: ids are numbered in the order of the run.
				const masked = JSON.parse(steady(JSON.stringify(items.map(itemOf)))) as Example['items'];
				if (trial !== operation) return;
				const variant = variantOf(parameters);
				const known = examples.get(operation) ?? [];
				if (known.some((example) => example.variant === variant)) return;
				examples.set(operation, [...known, { variant, items: masked }]);
			},
		);
		return { examples, results };
	} finally {
		await target.close();
	}
};
