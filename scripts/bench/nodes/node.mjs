/** As much of a description as n8n needs to run a node. */
export function describe(name, properties, credentials = []) {
	return {
		displayName: name,
		name: name.toLowerCase(),
		group: ['transform'],
		version: 1,
		description: `${name}, for the benchmark`,
		defaults: { name },
		inputs: ['main'],
		outputs: ['main'],
		credentials,
		properties,
	};
}
