import type { Settings } from '../settings/settings';
import type { GoogleAccess } from '../speech/google-client';

/** How Google is reached with what is set now; undefined where nothing is. */
export function googleAccess(
  settings: Pick<Settings, 'google'>,
  endpoint: string | undefined,
): GoogleAccess | undefined {
  if (endpoint) return { endpoint };
  const google = settings.google();
  if (!google) return undefined;
  if (!('serviceAccount' in google)) return google;
  const { client_email, private_key, project_id } = google.serviceAccount;
  return { credentials: { client_email, private_key }, projectId: project_id };
}
