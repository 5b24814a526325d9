export default {
  entry: "./main.js",
  module: { rules: [{ test: /\.css$/, use: ["style-loader", "css-loader"] }] },
};
