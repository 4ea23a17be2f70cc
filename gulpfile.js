// A convenience for working on icons and schemas: copies the same assets as `n8n-node build`, which is the
// release path. test/package/assets.test.mts holds the two to the same list.
const { dest, src } = require('gulp');

const copyAssets = () =>
	// gulp 5 reads files as UTF-8 unless told otherwise, which would damage a PNG.
	src(['{nodes,credentials,icons}/**/*.{png,svg}', 'nodes/**/__schema__/**/*.json'], {
		base: '.',
		encoding: false,
	}).pipe(dest(process.env.ASSET_TARGET ?? 'dist'));

exports['build:icons'] = copyAssets;
exports.default = copyAssets;
