const { dest, src } = require('gulp');

/** Copies the icons beside the compiled nodes and credentials, which name them by relative path. */
exports.icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
