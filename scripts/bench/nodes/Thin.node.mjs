import { CREDENTIAL, describe, requestProperties, sendAll } from './node.mjs';

/**
 * The thinnest node there can be with n8n's request helper: nothing is checked, nothing repeated.
 * The helper is asked for no more than it must do, as the nodes of this repository do it too: less
 * would be another floor than theirs.
 */
export class Thin {
	description = describe('Thin', requestProperties, [{ name: CREDENTIAL, required: true }]);

	async execute() {
		const data = await this.getCredentials(CREDENTIAL);
		const decrypted = { id: CREDENTIAL, name: CREDENTIAL, type: CREDENTIAL, data };
		return await sendAll(this, async (email) => {
			const { body } = await this.helpers.httpRequestWithAuthentication.call(
				this,
				CREDENTIAL,
				{
					method: 'POST',
					url: `${data.baseUrl}/user-management/v1/deactivate-user`,
					body: { email },
					encoding: 'text',
					returnFullResponse: true,
					disableFollowRedirect: true,
					ignoreHttpStatusErrors: true,
				},
				{ credentialsDecrypted: decrypted },
			);
			return JSON.parse(body);
		});
	}
}
