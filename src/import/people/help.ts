/** What `npm run import-people -- --help` says. */
export const peopleHelp = `Crea y actualiza personas desde un archivo CSV.

  npm run import-people -- <archivo.csv[.gz]> --as <correo> [--apply] [--invite] [--rejects <archivo.csv>]

  --as        Correo de quien importa: vale lo que esa persona puede hacer, y la auditoría la nombra. Obligatorio.
  --apply     Lo hace. Sin esta opción solo dice qué se crearía, qué se cambiaría y qué se rechazaría.
  --invite    Envía a cada persona nueva el correo con el enlace para elegir su contraseña.
  --rejects   Archivo para las filas rechazadas, con su línea y el motivo.
              Si no se indica: <archivo>.rechazos.csv en la carpeta actual.

La primera línea lleva los nombres de las columnas, con coma o punto y coma; el texto, en UTF-8:
  nombre        Obligatoria.
  correo        Con él se reconoce a quien ya existe. Obligatorio, salvo que haya referencia.
  rol           Administrador, Supervisor, Agente o Usuario. A quien ya existe, vacío no le cambia nada.
  tipo          De un Usuario: Cliente o Empleado.
  areas         De Administrador, Supervisor y Agente, separadas por «|». Tienen que existir.
  organizacion  De un Cliente; si no existe, se crea.
  referencia    Cómo lo llama el otro sistema, "sistema:referencia"; también reconoce a quien ya existe.

Una columna que falta no cambia nada de quien ya existe. Se puede repetir sin riesgo: nadie se crea dos veces, y nadie se
desactiva ni se elimina. Quien tiene tickets abiertos en un área no la pierde con una importación: cámbielo en su página,
que pregunta quién los atenderá.`
