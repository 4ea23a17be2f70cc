/** The note on the canvas: above the nodes, as wide as they are, and high enough for its text. */
import { COLUMN, ROW, type Drawing, type Say, type Step } from './workflow.mjs';

// As n8n draws a note: measured in its editor, with a little room to spare.
const TOP_AND_BOTTOM = 34;
const SIDES = 32;
const LINE = 18.5;
const HEADING = 38;
const BETWEEN_PARAGRAPHS = 9;
const BETWEEN_POINTS = 5;
const INDENT = 22;
const CHARACTER = 6.8;
const WIDE_CHARACTER = 14;

const WIDE = /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F\u2018-\u201D\u2026]/;

const widthOf = (text: string): number =>
	[...text].reduce((sum, char) => sum + (WIDE.test(char) ? WIDE_CHARACTER : CHARACTER), 0);

const heightOf = (content: string, width: number): number =>
	content.split('\n').reduce((sum, line) => {
		if (line === '') return sum + BETWEEN_PARAGRAPHS;
		if (line.startsWith('## ')) return sum + HEADING;
		const isPoint = /^\d+\. /.test(line);
		const room = width - SIDES - (isPoint ? INDENT : 0);
		const lines = Math.max(1, Math.ceil(widthOf(line.replace(/[*`]/g, '')) / room));
		return sum + lines * LINE + (isPoint ? BETWEEN_POINTS : 0);
	}, TOP_AND_BOTTOM + BETWEEN_PARAGRAPHS);

/** Between the note and the nodes. */
const GAP = 50;
const NODE_WIDTH = 100;

export function noteStep({ note, noteWidth, steps }: Drawing, say: Say): Step {
	const columns = steps.map(({ at }) => at[0]);
	const top = Math.min(...steps.map(({ at }) => at[1])) * ROW;
	const left = Math.min(...columns);
	const width = noteWidth ?? Math.max(840, (Math.max(...columns) - left) * COLUMN + NODE_WIDTH);
	const height = Math.ceil(heightOf(note, width) / 10) * 10;
	return {
		key: 'note',
		name: say('How to Use', '使用说明'),
		type: 'n8n-nodes-base.stickyNote',
		typeVersion: 1,
		at: [left, (top - height - GAP) / ROW],
		parameters: { width: Math.round(width), height, content: note },
	};
}
