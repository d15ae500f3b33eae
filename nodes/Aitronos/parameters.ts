import { requiredText } from '../shared/parameters';
import { pathSegment } from '../shared/path';

/** Ids are a prefix that tells the kind of thing, then letters, digits, dashes and underscores. */
function prefixedId(prefix: string) {
	return pathSegment(
		new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,128}$`),
		`must be an ID that starts with ${prefix}_`,
	);
}

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const organizationId = requiredText(
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		placeholder: 'e.g. org_abc123',
		description: 'ID of the organization that the user leaves',
	},
	prefixedId('org'),
);

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const userId = requiredText(
	{
		displayName: 'User ID',
		name: 'userId',
		placeholder: 'e.g. usr_abc123',
		description:
			'ID of the user. It starts with usr_; the ID of the membership (orguser_) is another.',
	},
	prefixedId('usr'),
);

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const transferResourcesToDepartmentId = requiredText(
	{
		displayName: 'Transfer Resources to Department ID',
		name: 'transferResourcesToDepartmentId',
		placeholder: 'e.g. dept_abc123',
		description:
			"ID of the department that gets what belongs to the user. Choose it with care: a later reactivation is not known to bring the user's resources back.",
	},
	prefixedId('dept'),
);
