import "jackfield/jackfield.css";

export const metadata = { title: "An app with a connection form" };

export default function Layout({ children }) {
  return <html lang="en"><body>{children}</body></html>;
}
