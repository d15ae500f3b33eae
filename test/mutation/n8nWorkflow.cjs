/**
 * Stands for `n8n-workflow` in mutation testing: the same values, each loaded from its own module
 * when it is first used. To load the whole package for every mutant would take half of the time.
 */
const load = {
	displayParameter: () => module.require('n8n-workflow/dist/cjs/node-helpers.js').displayParameter,
	NodeApiError: () => module.require('n8n-workflow/dist/cjs/errors/node-api.error.js').NodeApiError,
	NodeConnectionTypes: () =>
		module.require('n8n-workflow/dist/cjs/interfaces.js').NodeConnectionTypes,
	NodeHelpers: () => module.require('n8n-workflow/dist/cjs/node-helpers.js'),
	NodeOperationError: () =>
		module.require('n8n-workflow/dist/cjs/errors/node-operation.error.js').NodeOperationError,
	sleep: () => module.require('n8n-workflow/dist/cjs/utils.js').sleep,
};

/** What is used in few tests only comes with everything else. */
const rest = (name) => module.require('n8n-workflow/dist/cjs/index.js')[name];

module.exports = new Proxy(load, { get: (_, name) => load[name]?.() ?? rest(name) });
