import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * For tests and scripts. `eslint.config.mjs` is n8n's own configuration, unchanged, and speaks of
 * shipped code only.
 */
export default tseslint.config({
	files: ['**/*.cts', '**/*.mjs', '**/*.cjs'],
	extends: [js.configs.recommended, tseslint.configs.recommended],
	languageOptions: {
		globals: { process: 'readonly', console: 'readonly', fetch: 'readonly' },
	},
});
