// What every browser of these tests is like.
export const context = { locale: "en-GB", viewport: { width: 1280, height: 900 } };
export const actionTimeout = 30_000;
