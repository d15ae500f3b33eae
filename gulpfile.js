const { Transform } = require('node:stream');
const { dest, series, src } = require('gulp');

/** Copies the icons beside the compiled nodes and credentials, which name them by relative path. */
exports.icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const withTabs = (code) => code.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4));

/** Indents the compiled code with tabs, as the sources: TypeScript's four spaces take more room. */
exports.indent = () =>
	src('dist/**/*.js')
		.pipe(
			new Transform({
				objectMode: true,
				transform(file, _, done) {
					file.contents = Buffer.from(withTabs(file.contents.toString()));
					done(null, file);
				},
			}),
		)
		.pipe(dest('dist'));

exports.default = series(exports.icons, exports.indent);
