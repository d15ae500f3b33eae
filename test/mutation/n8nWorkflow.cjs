/**
 * Stands for `n8n-workflow` in mutation testing: the same values, each loaded from its own module
 * when it is first used. To load the whole package for every mutant would take half of the time.
 */
const load = {
	NodeApiError: () => module.require('n8n-workflow/dist/cjs/errors/node-api.error.js').NodeApiError,
	NodeConnectionTypes: () =>
		module.require('n8n-workflow/dist/cjs/interfaces.js').NodeConnectionTypes,
	NodeHelpers: () => module.require('n8n-workflow/dist/cjs/node-helpers.js'),
	NodeOperationError: () =>
		module.require('n8n-workflow/dist/cjs/errors/node-operation.error.js').NodeOperationError,
	sleep: () => module.require('n8n-workflow/dist/cjs/utils.js').sleep,
};

for (const [name, get] of Object.entries(load)) {
	Object.defineProperty(exports, name, { enumerable: true, get });
}
