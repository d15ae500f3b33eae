import { describe } from './node.mjs';

const CREDENTIAL = 'langdockAdminApi';

const properties = [
	{ displayName: 'Email', name: 'email', type: 'string', default: '' },
	{ displayName: 'Parallel Requests', name: 'parallelRequests', type: 'number', default: 1 },
];

/**
 * The thinnest node there can be with n8n's request helper: nothing is checked, nothing repeated.
 * The helper is asked for no more than it must do, as the nodes of this repository do it too: less
 * would be another floor than theirs.
 */
export class Thin {
	description = describe('Thin', properties, [{ name: CREDENTIAL, required: true }]);

	async execute() {
		const data = await this.getCredentials(CREDENTIAL);
		const credentialsDecrypted = { id: CREDENTIAL, name: CREDENTIAL, type: CREDENTIAL, data };
		const items = this.getInputData();
		const results = new Array(items.length);
		const waiting = items.keys();
		const work = async () => {
			for (const item of waiting) {
				const { body } = await this.helpers.httpRequestWithAuthentication.call(
					this,
					CREDENTIAL,
					{
						method: 'POST',
						url: `${data.baseUrl}/user-management/v1/deactivate-user`,
						body: { email: this.getNodeParameter('email', item) },
						encoding: 'text',
						returnFullResponse: true,
						disableFollowRedirect: true,
						ignoreHttpStatusErrors: true,
					},
					{ credentialsDecrypted },
				);
				results[item] = { json: JSON.parse(body), pairedItem: { item } };
			}
		};
		const width = this.getNodeParameter('parallelRequests', 0);
		await Promise.all(Array.from({ length: width }, work));
		return [results];
	}
}
