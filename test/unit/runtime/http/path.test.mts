import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathBelowBase } from '../../../../nodes/CnEsign/runtime/http/path.js';
import { fail, refusalOf } from '../../support.mjs';
import { runs } from '../../../seed.mjs';

const checked = (path: string) => pathBelowBase(path, "'Path'", fail);

describe('pathBelowBase', () => {
	it('takes paths with and without the first slash', () => {
		expect(checked('/contract/tasks')).toBe('/contract/tasks');
		expect(checked('contract/tasks')).toBe('/contract/tasks');
		expect(checked('/a-b/%E5%90%88/v1.2/合同')).toBe('/a-b/%E5%90%88/v1.2/合同');
	});

	it.each([
		['https://evil.example/x', 'whole address'],
		['//evil.example/x', 'whole address'],
		['javascript:alert(1)', 'whole address'],
		['/%2Fevil.example', 'whole address'],
		['/a?b=1', 'holds a ? or #'],
		['/a%3Fb=1', 'holds a ? or #'],
		['/a#b', 'holds a ? or #'],
		['/a/../../b', 'leads out of the API'],
		['/a/%2e%2E/b', 'leads out of the API'],
		['/a%2f..%2fb', 'leads out of the API'],
		['/.', 'leads out of the API'],
		['/a\\..\\b', 'character that no path has'],
		['/a%5C..', 'character that no path has'],
		['/a b', 'character that no path has'],
		['/a\r\nHost: evil.example', 'character that no path has'],
		['/50%', '% that is not followed'],
	])('refuses %j', (path, reason) => {
		const refusal = refusalOf(() => checked(path));
		expect(refusal?.message).toContain(`'Path'`);
		expect(refusal?.message).toContain(reason);
		expect(refusal?.description).toBeTruthy();
	});

	it('never leaves the host or the base, whatever is given', () => {
		const nasty = fc.constantFrom(
			...['/', '.', '..', '//', '\\', '%2e', '%2f', '%5c', '%252e', '@', ':', ';', '?', '#', '\t'],
			...['evil.example', 'a', 'contract', '%', '%00', '．', '\u2028', 'http:', ' ', '\ud800'],
		);
		const paths = fc.oneof(
			fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join('')),
			fc.string({ unit: 'binary' }),
			fc.webPath(),
		);
		const bases = fc.constantFrom('https://sign.example/openAPI/V2', 'https://sign.example:8899');
		fc.assert(
			fc.property(paths, bases, (path, base) => {
				let accepted = '';
				const refusal = refusalOf(() => {
					accepted = checked(path);
				});
				if (refusal) return;
				const url = new URL(`${base}${accepted}`);
				expect(url.origin).toBe(new URL(base).origin);
				expect(url.username + url.search + url.hash).toBe('');
				expect(`${url.href}/`.startsWith(`${base}/`)).toBe(true);
			}),
			{ numRuns: runs(3000) },
		);
	});
});
