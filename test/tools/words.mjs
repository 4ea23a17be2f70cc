// npm run words: every word that a person reads in n8n, as one Markdown table. To be read in one sitting.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';
import { build } from './build.mjs';
import { endWith, inRoot } from './project.mjs';

const require = createRequire(import.meta.url);

const cell = (text) => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');

const row = (...cells) => console.log(`| ${cells.map((text) => cell(String(text))).join(' | ')} |`);

/** `platform/resource/operation` of a property, or what else it is shown for. */
const shownFor = ({ displayOptions: { show = {} } = {} }) =>
	Object.entries(show)
		.map(([name, values]) =>
			['platform', 'resource', 'operation'].includes(name)
				? values.join(' ')
				: `${name}=${values.map((value) => JSON.stringify(value)).join(' ')}`,
		)
		.join(' / ');

const TEXTS = ['displayName', 'description', 'placeholder', 'hint'];

const printProperty = (property, place) => {
	const here = [place, shownFor(property), property.name].filter(Boolean).join(' · ');
	for (const kind of TEXTS)
		if (property[kind])
			row(
				here,
				property.type === 'notice' && kind === 'displayName' ? 'notice' : kind,
				property[kind],
			);
	for (const option of property.options ?? []) {
		if ('values' in option) {
			row(`${here} · ${option.name}`, 'displayName', option.displayName);
			for (const value of option.values) printProperty(value, `${here} · ${option.name}`);
		} else if ('type' in option) printProperty(option, here);
		else
			for (const kind of ['name', 'action', 'description'])
				if (option[kind]) row(`${here} = ${option.value}`, `option ${kind}`, option[kind]);
	}
	for (const mode of property.modes ?? []) printProperty(mode, here);
};

const OF_A_NODE = ['displayName', 'description', 'eventTriggerDescription', 'activationMessage'];

const printNode = ({ description }) => {
	const { name, triggerPanel, properties } = description;
	for (const kind of OF_A_NODE) if (description[kind]) row(name, kind, description[kind]);
	const panel = (texts, place) => {
		for (const [kind, text] of Object.entries(texts))
			if (typeof text === 'string') row(place, kind, text);
			else if (typeof text === 'object' && text !== null) panel(text, `${place} · ${kind}`);
	};
	panel(triggerPanel ?? {}, `${name} · panel`);
	for (const property of properties) printProperty(property, name);
};

/** A text with its gaps as {…}; the parts of a choice or a sum one after the other. */
const textsOf = (part) => {
	if (ts.isStringLiteralLike(part)) return [part.text];
	if (ts.isTemplateExpression(part))
		return [
			part.head.text +
				part.templateSpans
					.map(({ expression, literal }) => `{${expression.getText()}}${literal.text}`)
					.join(''),
		];
	if (ts.isConditionalExpression(part))
		return [...textsOf(part.whenTrue), ...textsOf(part.whenFalse)];
	if (ts.isParenthesizedExpression(part)) return textsOf(part.expression);
	if (ts.isBinaryExpression(part)) return [...textsOf(part.left), ...textsOf(part.right)];
	return [];
};

// Texts in these places are properties, which stand in the first table, or no words at all.
const PROPERTY_KEYS = ['displayName', 'placeholder', 'action', 'name', 'value', 'documentationUrl'];

const isSentence = (text) => /\S \S/.test(text) && /[\p{L}]{2}/u.test(text);

/** Every sentence in the source that is no text of a property. */
const messagesOf = (file, known) => {
	const source = ts.createSourceFile(
		file,
		readFileSync(inRoot(file), 'utf8'),
		ts.ScriptTarget.ES2022,
		true,
	);
	const found = [];
	const visit = (part) => {
		const key = ts.isPropertyAssignment(part) ? part.name.getText() : '';
		if (PROPERTY_KEYS.includes(key) || ts.isImportDeclaration(part)) return;
		const whole = ts.isStringLiteralLike(part) || ts.isTemplateExpression(part);
		if (whole)
			for (const text of textsOf(part))
				if (isSentence(text) && !known.has(text)) {
					const { line } = source.getLineAndCharacterOfPosition(part.getStart());
					found.push([`${file}:${line + 1}`, text]);
				}
		ts.forEachChild(part, visit);
	};
	visit(source);
	return found;
};

const stringsIn = (value) => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
};

try {
	await build();
	const { CnEsign } = require(inRoot('dist/nodes/CnEsign/CnEsign.node.js'));
	const { CnEsignTrigger } = require(inRoot('dist/nodes/CnEsign/CnEsignTrigger.node.js'));
	const { CnEsignApi } = require(inRoot('dist/credentials/CnEsignApi.credentials.js'));
	const nodes = [new CnEsign(), new CnEsignTrigger()];
	const credential = new CnEsignApi();

	console.log('## What stands in the editor\n');
	row('Where', 'What', 'Words');
	row('---', '---', '---');
	for (const node of nodes) printNode(node);
	row(credential.name, 'displayName', credential.displayName);
	for (const property of credential.properties) printProperty(property, credential.name);

	const known = new Set(
		stringsIn([nodes.map(({ description }) => description), credential.properties]),
	);
	const files = ['nodes', 'credentials'].flatMap((folder) =>
		readdirSync(inRoot(folder), { recursive: true })
			.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
			.filter((name) => name.endsWith('.ts'))
			.sort(),
	);
	console.log('\n## What the nodes say\n');
	row('Where', 'Words');
	row('---', '---');
	for (const file of files) for (const cells of messagesOf(file, known)) row(...cells);
} catch (error) {
	endWith(error);
}
