import { expect, it } from 'vitest';
import { redact } from '../../../../nodes/CnEsign/runtime/http/redact.js';

it.each([
	['letters without an @', 'a'.repeat(1_000_000)],
	['an @ and no end', `a@${'b'.repeat(1_000_000)}`],
	['dots', `a@${'b.'.repeat(500_000)}`],
	['a link without end', `https://${'x'.repeat(1_000_000)}`],
])('a hostile message of 1 MB (%s) is cut before it is read', (_, text) => {
	// A quadratic pattern would need minutes here; the test's own time limit is the measure.
	expect(redact(text).length).toBeLessThanOrEqual(2000);
});

it('a number that the cut goes through leaves no half behind', () => {
	const text = `${'x '.repeat(995)}电话13800138000。`;
	expect(redact(text)).not.toMatch(/138/);
});
