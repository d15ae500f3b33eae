import { CREDENTIAL, describe, requestProperties, sendAll } from './node.mjs';

/** The thinnest node there can be with n8n's request helper: nothing is checked, nothing repeated. */
export class Thin {
	description = describe('Thin', requestProperties, [{ name: CREDENTIAL, required: true }]);

	async execute() {
		const { baseUrl } = await this.getCredentials(CREDENTIAL);
		return await sendAll(this, async (email) =>
			this.helpers.httpRequestWithAuthentication.call(this, CREDENTIAL, {
				method: 'POST',
				url: `${baseUrl}/user-management/v1/deactivate-user`,
				body: { email },
				json: true,
			}),
		);
	}
}
