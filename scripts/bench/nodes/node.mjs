/** What the credential of the node that sends requests is called. */
export const CREDENTIAL = 'langdockAdminApi';

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

/** The parameters of the node that sends requests. */
export const requestProperties = [
	{ displayName: 'Email', name: 'email', type: 'string', default: '' },
	{ displayName: 'Parallel Requests', name: 'parallelRequests', type: 'number', default: 1 },
];

/** Sends a request for each item of a run, so many at a time, and puts the answers out in order. */
export async function sendAll(context, send) {
	const items = context.getInputData();
	const results = new Array(items.length);
	const waiting = items.keys();
	const work = async () => {
		for (const item of waiting) {
			const email = context.getNodeParameter('email', item);
			results[item] = { json: await send(email), pairedItem: { item } };
		}
	};
	const width = context.getNodeParameter('parallelRequests', 0);
	await Promise.all(Array.from({ length: width }, work));
	return [results];
}
