import { CREDENTIAL, describe, requestProperties, sendAll } from './node.mjs';

/** Node's own `fetch` inside n8n: what is possible without n8n's request helper. */
export class Fetch {
	description = describe('Fetch', requestProperties, [{ name: CREDENTIAL, required: true }]);

	async execute() {
		const { baseUrl, apiKey } = await this.getCredentials(CREDENTIAL);
		return await sendAll(this, async (email) => {
			const response = await fetch(`${baseUrl}/user-management/v1/deactivate-user`, {
				method: 'POST',
				headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
				body: JSON.stringify({ email }),
			});
			return await response.json();
		});
	}
}
