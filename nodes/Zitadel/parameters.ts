import { idFormat, userLocator } from '../shared/parameters/locators';

/**
 * ZITADEL's own ids are long numbers; ids set when a user is made may be any text of up to 200
 * characters. An address is neither: people enter it by mistake.
 *
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-add-human-user
 */
const id = idFormat(
	'[^@]{1,200}',
	'must be a user ID such as 163840776835432705, without @, spaces or slashes',
);

export const userIdSchema = id.schema;

/** @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user */
export const userId = userLocator({
	placeholder: 'e.g. 163840776835432705',
	hint: 'Shown in the ZITADEL console under Users. Service accounts: choose from the list or enter the ID.',
	id,
});
