/** What is older than `before` (ms since 1970) goes, so many at a time. */
export interface Due {
  before: number;
  now: number;
  most: number;
}
