import { requiredText } from '../shared/parameters';
import { pathSegment } from '../shared/path';

/**
 * ZITADEL's own ids are long numbers; ids set when a user is made may be any text of up to 200
 * characters. An address is neither: it is the slip that people make.
 *
 * @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-add-human-user
 */
const USER_ID = /^[^@]{1,200}$/;

/** @see https://zitadel.com/docs/apis/resources/user_service_v2/user-service-deactivate-user */
export const userId = requiredText(
	{
		displayName: 'User ID',
		name: 'userId',
		placeholder: 'e.g. 163840776835432705',
		description: 'ID of the user, as the ZITADEL console shows it under Users',
	},
	pathSegment(USER_ID, 'must be a user ID: not an email address, and without spaces or slashes'),
);
