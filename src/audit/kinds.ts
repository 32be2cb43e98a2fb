/** What the audit can tell, by its code; the Spanish sentence is what pages and exports show. */
export const auditKinds = {
  'usuario.creado': 'Usuario creado',
  'usuario.modificado': 'Usuario modificado',
  'usuario.desactivado': 'Usuario desactivado',
  'usuario.reactivado': 'Usuario reactivado',
  'usuario.invitado': 'Invitación enviada',
  'cliente.creado': 'Cliente creado',
  'cliente.modificado': 'Cliente modificado',
  'cliente.desactivado': 'Cliente desactivado',
  'cliente.reactivado': 'Cliente reactivado',
  'organizacion.creada': 'Organización creada',
  'organizacion.modificada': 'Organización modificada',
  'organizacion.eliminada': 'Organización eliminada',
  'area.creada': 'Área creada',
  'area.modificada': 'Área modificada',
  'area.archivada': 'Área archivada',
  'area.restaurada': 'Área restaurada',
  'categoria.creada': 'Categoría creada',
  'categoria.modificada': 'Categoría modificada',
  'categoria.archivada': 'Categoría archivada',
  'categoria.restaurada': 'Categoría restaurada',
  'categoria.eliminada': 'Categoría eliminada',
  'grupo.creado': 'Grupo creado',
  'grupo.modificado': 'Grupo modificado',
  'grupo.archivado': 'Grupo archivado',
  'grupo.restaurado': 'Grupo restaurado',
  'permisos.modificados': 'Permisos modificados',
  'ajustes.modificados': 'Ajustes modificados',
  'personas.importadas': 'Personas importadas',
  'ingreso.correcto': 'Ingreso',
  'ingreso.fallido': 'Ingreso fallido',
  'ingreso.bloqueado': 'Ingreso bloqueado por intentos',
  salida: 'Salida',
  'clave.establecida': 'Contraseña establecida',
  'clave.cambiada': 'Contraseña cambiada',
  'clave.olvidada': 'Restablecimiento de contraseña pedido',
  'registro.pedido': 'Cuenta de cliente pedida',
  'sesiones.cerradas': 'Otras sesiones cerradas',
  'exportacion.descargada': 'Exportación descargada',
} as const satisfies Record<string, string>

export type AuditKind = keyof typeof auditKinds

/** What an entry is about. */
export const auditSubjects = {
  usuario: 'Persona',
  organizacion: 'Organización',
  area: 'Área',
  categoria: 'Categoría',
  grupo: 'Grupo',
  ajustes: 'Ajustes',
  archivo: 'Archivo',
} as const satisfies Record<string, string>

export type AuditSubject = keyof typeof auditSubjects
