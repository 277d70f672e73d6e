import { Router } from 'express';
import { sendPage } from '../answers';
import { visitorOf } from '../door/visitor';
import { docsPage } from './docs-page';
import { openApiDocument } from './document';

/** /api/openapi.json and, for people, /api/docs. */
export function openApiRoutes(): Router {
  const router = Router();
  let made: ReturnType<typeof openApiDocument> | undefined;
  router.get('/api/openapi.json', (_request, response) => {
    response.json((made ??= openApiDocument()));
  });
  router.get('/api/docs', (_request, response) => sendPage(response, docsPage(visitorOf(response))));
  return router;
}
