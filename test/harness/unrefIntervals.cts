const start = globalThis.setInterval;

/** The oldest engine starts intervals for each run and never ends them: jest would not end either. */
globalThis.setInterval = ((...args: Parameters<typeof setInterval>) =>
	start(...args).unref()) as typeof setInterval;
