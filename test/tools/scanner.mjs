// node scanner.mjs <source|tarball> <folder>: one leg of the scan, its result as JSON in the last line.
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const PATTERNS = {
	source: SOURCE_FILE_PATTERNS,
	// Not exported by the scanner: what it looks at in a published tarball.
	tarball: ['**/*.js', 'package.json'],
};

const [leg, directory] = process.argv.slice(2);
const { passed, message, details } = await analyzePackage(directory, PATTERNS[leg]);
// A folder without any file counts as passed there, with a message.
const ok = passed && message === undefined;
console.log(JSON.stringify({ ok, report: [message, details].filter(Boolean).join('\n') }));
